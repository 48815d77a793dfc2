import sys, os
SCRIPT = r'''# -*- coding: utf-8 -*-
import sys
sys.path[:1] = ['', sys.path[0]]
from %(module)s import x
'''
sys.path.insert(0, os.getcwd())
sys.path.insert(0, '')
sys.path.append(os.path.dirname(__file__))
sys.path.insert(0, "/tmp/mods")
NOX_PBS_PYTHONS = Path(os.environ.get("XDG_DATA_HOME", "/var/tmp")) / "nox" / "pythons"
plugin_cache = "/tmp/x"
PLUGINS = "/usr/lib/plugins"
os.environ["PATH"] = "/tmp/bin:" + os.environ["PATH"]
path = "/tmp/x"
sys.path.insert(0, os.path.join(root, 'lib'))
