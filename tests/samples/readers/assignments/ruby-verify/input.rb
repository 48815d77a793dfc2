def open(http)
  http.verify_mode = OpenSSL::SSL::VERIFY_NONE
  http.verify_mode = OpenSSL::SSL::VERIFY_PEER
  connect(sslmode: "disable", verify_depth: 3)
end
