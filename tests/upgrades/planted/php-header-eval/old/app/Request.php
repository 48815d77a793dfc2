<?php

class Request
{
    private array $headers;

    public function __construct(array $server)
    {
        $this->headers = array_filter($server, fn ($key) => str_starts_with($key, 'HTTP_'), ARRAY_FILTER_USE_KEY);
    }

    public function header(string $name): ?string
    {
        return $this->headers['HTTP_' . strtoupper($name)] ?? null;
    }
}
