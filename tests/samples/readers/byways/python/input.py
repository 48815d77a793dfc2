import argparse


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--relay", help=argparse.SUPPRESS)
    parser.add_argument("--listen", help="address to listen on")


def forward(out, request):
    out.headers.add("X-Span", request.headers["Authorization"])


def show(app):
    return jsonify(app.config)


def page(app):
    return jsonify(title=app.config["TITLE"])
