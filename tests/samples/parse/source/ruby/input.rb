require 'a/b'
module M
  class A < B
    K = 1
    attr_reader :x
    def m(a, b = 1, *c)
      if a == "x" && !b then return 1 elsif c; x else y end
      exec("ls") if a.start_with?("q"); puts "a#{b}" unless c
      x = a ? b : c; @y ||= 1; a.each do |z| foo z end; a.map { |q| q + 1 }
      case a when 1, "x" then b else c end
      begin; a; rescue E => e; raise F, "x"; ensure c; end
      while x; next; end; until y do end; for i in z do end
      a =~ /re/; `ls #{x}`; system "x", 'y'; A::B.new(1).c; a[0] = %w[a b]; a&.b; yield x; not a; a or b; self.x = 1
      a == b
    end
    def self.s; if a then true else z(1) end; end
  end
end
