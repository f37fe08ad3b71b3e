import Testing

@testable import HTTPCalls

@Suite struct AddressReachTests {
    @Test(
        "an address that only this machine or its network reaches is recognised, however it is written",
        arguments: [
            ("127.0.0.1", AddressReach.machine), ("127.8.9.10", .machine), ("0.0.0.0", .machine), ("::1", .machine),
            ("::", .machine), ("::ffff:127.0.0.1", .machine), ("64:ff9b::127.0.0.1", .machine),
            ("2002:7f00:1::", .machine), ("localhost", .machine), ("LOCALHOST", .machine), ("a.localhost", .machine),
            ("10.0.0.1", .site), ("172.16.0.1", .site), ("172.31.255.255", .site), ("192.168.1.50", .site),
            ("169.254.169.254", .site), ("100.100.100.200", .site), ("224.0.0.251", .site),
            ("255.255.255.255", .site), ("::ffff:192.168.0.1", .site), ("fe80::1", .site), ("fd00:ec2::254", .site),
            ("198.18.0.1", .site), ("192.0.0.8", .site), ("192.0.2.1", .site), ("198.51.100.7", .site),
            ("203.0.113.9", .site), ("2001::1", .site), ("2001:db8::1", .site), ("64:ff9b:1::1", .site),
            ("100::1", .site), ("fc00::1", .site), ("ff02::1", .site), ("2002:a9fe:a9fe::", .site),
            ("::10.0.0.1", .site),
        ])
    func local(host: String, reach: AddressReach) {
        #expect(AddressReach(host: host) == reach)
    }

    @Test(
        "every other address is the world's",
        arguments: [
            "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "192.169.0.1", "11.0.0.1",
            "192.0.1.1", "198.51.99.1", "203.0.112.1", "198.20.0.1",
            "2606:4700::1111", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::",
            "223.255.255.255",
        ])
    func world(host: String) {
        #expect(AddressReach(host: host) == .world)
    }

    @Test(
        "what only a name service knows is no address",
        arguments: ["files.example", "127.1", "0x7f.1", "localhost.example"])
    func names(host: String) {
        #expect(AddressReach(host: host) == nil)
    }
}
