def target():
    host = ".".join(map(str, [192, 0, 2, 5]))
    other = "%d.%d.%d.%d" % (192, 0, 2, 6)
    box = [1, 2, 3, 4]
    ip = bytes([192, 0, 2, 4])
    return host
