def show
  scope = params[:scope].to_s
  relation.public_send(scope).order(:name)
  relation.send(scope)
  relation.send(:open)
  socket.send("hello")
end
