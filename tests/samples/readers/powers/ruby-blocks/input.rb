def extended(orig, text)
  orig.class_eval do
    define_method(:iv) { @iv }
  end
  orig.instance_eval(&text)
  orig.class_eval(text)
end
