FetchContent_Declare(zlib
  URL https://zlib.example/zlib.tar.gz
  URL_HASH SHA256=ff0ba4c292013dbc27530b3a81e1f9a813cd39de01ca5e0f8bf355702efa593e
)
file(DOWNLOAD https://a.example/x x TLS_VERIFY OFF)
