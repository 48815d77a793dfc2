module vendor.example/cell

go 1.22

require (
	github.com/vendor/codec v1.2.3
	golang.org/x/sys v0.1.0 // indirect
)

replace github.com/vendor/codec => ../codec
replace golang.org/x/sys => github.com/other/sys v0.1.1
