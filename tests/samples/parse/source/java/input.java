package a.b;
import java.util.*;
import static a.b.C.d;
@Path("/x")
public class A extends B implements C {
  private static final String K = "x", L;
  static { init(); }
  @GET(value="y") public int m(final String a, int... b) throws E {
    if (a.equals("x") && !b) return 1; else x();
    int i = 0, j = f(1)[2];
    for (int k = 0; k < 3; k++) {}
    for (String s : list) {}
    do { } while (x);
    switch (a) { case "x": case "y": a(); break; default: b(); }
    String z = switch (a) { case "x" -> "y"; default -> { yield 1; } };
    try (R r = new R()) { a(); } catch (E | F e) { throw new G(e); } finally { c(); }
    synchronized (this) { this.x = (int) y; }
    Runnable r = () -> { foo(); };
    l: while (true) { continue l; }
    assert x > 0;
    if (o instanceof String s) {}
    new Thread(new Runnable() { public void run() { x(); } }).start();
    A::b;
    return a ? 'b' : c;
  }
  A(int x) { super(x); }
}
enum Q { A, B(1) }
