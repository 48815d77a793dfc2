<html><?php
namespace A\B;
use C\D as E; use F\{G, H as I}; use function x\y;
#[Attr("x")]
class K extends L { 
  use T;
  const Z = 1; public $p = "a";
  #[R] public function m(int $a, $b = 1) { 
    if ($a == "x" && !$b) { return 1; } elseif ($c) { x(); } else { y(); }
    if ($x): a(); elseif ($y): b(); else: c(); endif;
    $x = $a ?: $b; $y = $a ?? f("a$b {$c['d']}"); $z = $a ? 1 : 2;
    foreach ($a as $k => $v) {} for ($i = 0; $i < 3; $i++) {} while ($x) { break 2; } do { } while ($y);
    switch ($a) { case 'x': a(); break; default: b(); }
    $r = match($a) { 1, 2 => x(), default => y() };
    try { } catch (E $e) { throw new F("x"); } finally { }
    $this->db->query('a' . $b); self::q(); \exec("ls"); $f("x"); $a['b'](1); new \X\Y(1);
    echo "a", `ls $x`; print "x"; exit(1); die("x"); eval("x"); include 'a.php'; isset($x['a']); empty($x); unset($x); @system($x);
    $a or die("x"); global $q; static $s = 1; goto e; e:
    $cb = function ($x) use ($y) { return 1; }; $fn = fn($x) => $x + 1;
    return <<<EOT
hi $x
EOT;
  }
}
function g() {}
?>
<b><?= $x ?></b>
