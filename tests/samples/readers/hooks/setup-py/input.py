import os
from setuptools import setup
from setuptools.command.install import install


class Late(install):
    def run(self):
        install.run(self)


os.system("id")
setup(name="cell", cmdclass={"install": Late}, entry_points={"console_scripts": ["cell=cell:main"]})
