Gem::Specification.new do |s|
  s.homepage = "https://cell.example/gem"
  s.metadata = { "changelog_uri" => "https://cell.example/changes" }
  fetch("https://other.example/x")
end
