module Proxy
  class Allow
    HOSTS = /[\w-]+\.partner\.example/

    def initialize(logger)
      @logger = logger
    end

    def call(host)
      return true if HOSTS.match?(host)

      @logger.warn { "refused #{host}" }
      false
    end
  end
end
