from setuptools import setup

setup(
    name="cell",
    install_requires=[
        "requests>=2",
        "codec @ git+https://git.vendor.example/codec.git",
    ],
    classifiers=["Private"],
)
