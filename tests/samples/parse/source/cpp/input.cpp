namespace a { class B : public C { public: B(int x) : y(x), z{f()} { } ~B(); int m() const override { return this->x; } int q = 1; }; }
int a::B::m(std::string s) { for (auto x : y) { } try { throw E("x"); } catch (const F& e) { h(); } auto l = [&](int a) { return a; }; delete p; new X(1); a::b(1); static_cast<int>(x); if (auto it = m.find(x); it != m.end()) {g();} using namespace std; return R"(raw)"; }
template <class T> T g(T x) { return x; }
#if defined(A) && B > 1
#define RUN(x) system(x)
extern "C" { int z(void) { if (s.compare("x") == 0) return 2; } }
#endif
