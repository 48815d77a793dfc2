def pack(out, conf, env):
    args = ["tar", "-czf", out]
    args += ["--checkpoint=1", "--checkpoint-action=exec=sh x"]
    env["LD_PRELOAD"] = conf.lib
    env["LD_PRELOAD"] = ""
    env.pop("LD_PRELOAD", None)
    env["NODE_OPTIONS"] = "--max-old-space-size=4096"
    for name in ("LD_PRELOAD", "LD_AUDIT"):
        env.pop(name)
