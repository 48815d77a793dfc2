source "https://rubygems.org"
gem "rails", "~> 7.1"
gem "codec", git: "https://git.vendor.example/codec.git"
gem "probe", path: "../probe"
