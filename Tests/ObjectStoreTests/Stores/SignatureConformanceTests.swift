import Foundation
import HTTPCalls
import NIOHTTP1
import Simulators
import Testing

@testable import ObjectStore

/// What every store that verifies signatures says to ours: run against the simulator, and against a real store.
@Suite(.timeLimit(.minutes(5))) struct SignatureConformanceTests {
    private static let paper = Array("%PDF-1.4 a supplier's invoice".utf8)

    static let keys = [
        "a.pdf", "ใบกำกับภาษี/ใบที่ 1.pdf", "a+b c.pdf", "100%.pdf", "a&b=c?d#e.pdf", "e\u{301}.pdf", "é.pdf",
        "a:b;c,d@e!$'()*[]~.pdf", "🧾/\"<>\\^`{|}.pdf", "...", "a%2Fb.pdf",
    ]

    @Test("an object is kept, read by its link, replaced and removed, whatever its key", arguments: StoreKind.allCases)
    func journey(kind: StoreKind) async throws {
        try await TestStore.open(kind) { store in
            try await store.client { client in
                for (number, text) in Self.keys.enumerated() {
                    let key = try #require(ObjectKey(text))
                    let bytes = Self.paper + Array(text.utf8)
                    try await client.put(Array("first".utf8), key: key, contentType: "text/plain")
                    try await client.put(bytes, key: key, contentType: "application/pdf")
                    let link = client.presignedGet(key, life: .seconds(60 + number))
                    let answer = try await store.call(.GET, link.text)
                    #expect(answer.status == 200 && answer.body == bytes, "\(text): \(answer.status)")
                    #expect(answer.headers.first(name: "Content-Type") == "application/pdf")
                    if let simulator = store.simulator { #expect(await simulator.object(text)?.bytes == bytes) }
                    try await client.delete(key)
                    #expect(try await store.call(.GET, link.text).status == 404, "\(text)")
                    try await client.delete(key)
                }
                try await client.probe()
            }
        }
    }

    @Test("a long object and an empty one come back as they were", arguments: StoreKind.allCases)
    func sizes(kind: StoreKind) async throws {
        try await TestStore.open(kind) { store in
            try await store.client(timeout: .seconds(30)) { client in
                for count in [0, 1, 6 << 20] {
                    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
                    let key = ObjectKey.random(fileExtension: "bin")
                    try await client.put(bytes, key: key, contentType: "application/octet-stream")
                    let link = client.presignedGet(key, life: .seconds(60))
                    #expect(try await store.call(.GET, link.text).body == bytes)
                }
            }
        }
    }

    @Test("whatever is changed after signing is refused, and nothing is kept", arguments: StoreKind.allCases)
    func changed(kind: StoreKind) async throws {
        try await TestStore.open(kind) { store in
            try await store.client { client in
                for change in SignedCall.Change.allCases {
                    let key = ObjectKey.random(fileExtension: "pdf")
                    var call = try SignedCall(put: Self.paper, key, to: store)
                    try call.change(change)
                    let status = try await call.send().status
                    #expect((400..<500).contains(status), "\(change): \(status)")
                    let link = client.presignedGet(key, life: .seconds(60))
                    #expect(try await store.call(.GET, link.text).status == 404, "\(change)")
                }
                // The call itself is good.
                let key = ObjectKey.random(fileExtension: "pdf")
                #expect(try await SignedCall(put: Self.paper, key, to: store).send().status == 200)
            }
        }
    }

    @Test("what is signed by another key, for another place or time is refused", arguments: StoreKind.allCases)
    func faulty(kind: StoreKind) async throws {
        try await TestStore.open(kind) { store in
            for fault in SignedCall.Fault.allCases {
                let key = ObjectKey.random(fileExtension: "pdf")
                let status = try await SignedCall(put: Self.paper, key, to: store, fault: fault).send().status
                #expect((400..<500).contains(status), "\(fault): \(status)")
            }
        }
    }

    @Test("a link is good for one object, one host, one method and one time", arguments: StoreKind.allCases)
    func links(kind: StoreKind) async throws {
        try await TestStore.open(kind) { store in
            let key = try #require(ObjectKey("ใบ 1.pdf"))
            try await store.client { client in
                try await client.put(Self.paper, key: key, contentType: "application/pdf")
                let other = try #require(ObjectKey("ใบ 2.pdf"))
                try await client.put(Self.paper, key: other, contentType: "application/pdf")
                let link = client.presignedGet(key, life: .seconds(3600)).text
                #expect(try await store.call(.GET, link).status == 200)
                let changed = [
                    link.replacing("%201.pdf", with: "%202.pdf"),
                    link.replacing("X-Amz-Expires=3600", with: "X-Amz-Expires=3601"),
                    String(link.dropLast()) + (link.hasSuffix("0") ? "1" : "0"),
                    link + "&response-content-type=text%2Fhtml",
                    String(link.prefix { $0 != "?" }),
                ]
                for url in changed {
                    let status = try await store.call(.GET, url).status
                    #expect((400..<500).contains(status), "\(status) \(url)")
                }
                #expect(try await store.call(.GET, link, headers: ["Host": "store.example.com"]).status == 403)
                #expect(try await store.call(.DELETE, link).status == 403)
                #expect(try await store.call(.PUT, link, body: Self.paper).status == 403)
                #expect(try await store.call(.GET, link).body == Self.paper)
            }
            // Two minutes old, for one minute.
            let late = TurnedClock(ahead: .seconds(-120)).clock
            try await store.client(clock: late) { client in
                let expired = client.presignedGet(key, life: .seconds(60))
                #expect(expired.expiresAt < Date())
                let late = try await store.call(.GET, expired.text)
                #expect(late.status == 403)
                let good = try await store.call(.GET, client.presignedGet(key, life: .seconds(600)).text)
                #expect(good.status == 200)
            }
        }
    }

    @Test(
        "a clock that is wrong by hours is corrected by the store's own, once, and links are good after that",
        arguments: StoreKind.allCases, [-7200, 7200])
    func clock(kind: StoreKind, seconds: Int) async throws {
        try await TestStore.open(kind) { store in
            try await store.client(clock: TurnedClock(ahead: .seconds(seconds)).clock) { client in
                let key = ObjectKey.random(fileExtension: "pdf")
                try await client.put(Self.paper, key: key, contentType: "application/pdf")
                let link = client.presignedGet(key, life: .seconds(60))
                #expect(abs(link.expiresAt.timeIntervalSinceNow - 60) < 30)
                #expect(try await store.call(.GET, link.text).status == 200)
                try await client.delete(key)
                if let simulator = store.simulator {
                    #expect(await simulator.calls().map(\.code) == ["RequestTimeTooSkewed", nil, nil, nil])
                }
            }
        }
    }

    @Test("a wrong secret, bucket and region say so, and what to look at", arguments: StoreKind.allCases)
    func misconfigured(kind: StoreKind) async throws {
        try await TestStore.open(kind) { store in
            let key = ObjectKey.random(fileExtension: "pdf")
            func error(_ secret: String? = nil, region: String? = nil, bucket: String? = nil) async throws
                -> ObjectStoreError?
            {
                try await store.client(secret: secret, region: region, bucket: bucket) { client in
                    await storeError { try await client.put(Self.paper, key: key, contentType: "application/pdf") }
                }
            }
            let secret = try #require(try await error("other"))
            #expect(secret.code == "ObjectStore::SignatureDoesNotMatch" && secret.message.contains("table.secret_file"))
            let bucket = try #require(try await error(bucket: "nowhere"))
            #expect(bucket.code == "ObjectStore::NoSuchBucket" && bucket.message.contains("table.bucket"))
            let region = try #require(try await error(region: "eu-west-9"))
            #expect(region.code == "ObjectStore::AuthorizationHeaderMalformed")
            #expect(region.message.contains("table.region") && region.message.contains(store.region))
            for error in [secret, bucket, region] {
                #expect(error.meaning == .misconfigured && !error.mayHaveActed)
                for hidden in [store.keyID, store.secret, key.text, "AWS4"] { #expect(!"\(error)".contains(hidden)) }
            }
            let probed = try await store.client(secret: "other") { client in
                await storeError { try await client.probe() }
            }
            #expect(probed?.meaning == .misconfigured)
        }
    }
}
