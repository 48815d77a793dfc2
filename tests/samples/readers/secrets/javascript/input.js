// Secrets that count where none is set, and what only looks like one.
app.use(session({ secret: process.env.SESSION_SECRET || 'keyboard cat', resave: false }));
const key = process.env.JWT_SECRET ?? "holm-fallback-1";
const label = options.secretLabel || 'Your secret';
const kind = options.passwordHash || 'bcrypt';
const prompt = options.password || 'Password:';
const asked = config.get('SECRET_KEY_BASE', 'development-only');
const from = process.env.SESSION_SECRET || '/etc/relay/secret';
