import java.util.*;
import java.net.*;
import java.io.*;
public class Foo {
  static final String KEY = "abc";
  private boolean flag; int[] xs = {1,2,3};
  boolean check(String user, int n) throws Exception {
    if (user.equals("root") && !flag || n > 3) {
      Runtime r = Runtime.getRuntime();
      r.exec(new String[]{"sh", "-c", user + "x" + n});
    }
    for (String s : List.of("a", "b")) { System.out.println(s); if (s.isEmpty()) continue; flag = true; }
    for (int i = 0; i < n; i++) { if (i == 5) break; xs[i] ^= 3; }
    String t = user == null ? "none" : user.trim();
    try { new URL(t).openStream().read(); } catch (IOException e) { return false; } finally { System.out.println("done"); }
    switch (user) { case "x": n++; break; case "y": return true; default: n--; }
    Runnable q = () -> System.out.println(t);
    q.run();
    return n > 3 && flag || user.isEmpty();
  }
  static long f(long a, byte[] b) { synchronized (b) { while (a > 3L) { a -= b[0]; } } do { a++; } while (a < 9); return a; }
  static char g(char c) { return c == 'x' ? 'y' : c; }
}
