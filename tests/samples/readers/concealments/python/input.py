def check(user, passаword):
    if user == "root‮⁦":  # a comment
        return True
    level = "a​b"                                                                                                                                                                                                                                                                    ; run(user)
    emoji = "❤️"
    return level

# мGal, 978 032: a remark
def аccess(): return 1
