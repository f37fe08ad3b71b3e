// swift-tools-version: 6.2
import PackageDescription

// The rooms and the arrows between them. An arrow that is not here is not allowed: scripts/test checks every import line
// against this file. CONTRIBUTING.md says what each room holds.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func proof(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies, swiftSettings: strict)
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let nioExtras: Target.Dependency = .product(name: "NIOExtras", package: "swift-nio-extras")
let nioHTTPCompression: Target.Dependency = .product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let metrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let toml: Target.Dependency = .product(name: "TOMLKit", package: "TOMLKit")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

// The targets for libFuzzer, only for scripts/fuzz: without libFuzzer they have no main. The properties that each checks are a
// file of the room's tests, and a link here.
func fuzz(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Torture/Fuzz/" + name,
        swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
}

let fuzzers: [Target] = [
    fuzz("FuzzSale", ["Sales", "JSON"]),
    fuzz("FuzzSettings", ["Settings", "Sales"]),
    fuzz("FuzzPrinter", ["Printing"] + nio),
    fuzz(
        "FuzzHTTP",
        [
            "Gateway", "Gauges", "Host", "Intake", "JSON", "Jobs", "Monitoring", "Outbox", "Printing", "PrintQueue",
            "Receipts", "RemoteServices", "Sales", "Slime", logging,
        ] + nio),
]

let package = Package(
    name: "kamkap",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "kamkap", targets: ["kamkap"])
    ],
    traits: [
        .trait(
            name: "FaultPoints", description: "KAMKAP_KILL_AT ends the gateway at a named moment: for scripts/torture.")
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/LebJe/TOMLKit.git", from: "0.6.0"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.0"),
    ],
    targets: [
        // Module maps, nothing else. CUPS has no .pc file in Debian.
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CCUPS", providers: [.apt(["libcups2-dev"])]),
        .systemLibrary(name: "CPangoCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),

        // Where torture kills the gateway; empty in a build without the trait.
        room("FaultPoints"),

        // Values and pure decisions.
        room("JSON"),
        // The table of tambons, and how addresses are written.
        room("Addresses"),
        room("Sales", ["Addresses", "JSON"]),
        room("Journey", ["Sales"]),

        // What every loop needs, and every wait for something that happens elsewhere.
        room("Runtime", [logging]),

        // One room for each thing outside: the provider, the disk, the paper, the printer, Linux.
        // One bounded call of a service, and what its failure means.
        room("HTTPCalls", [asyncHTTPClient, nioHTTP1, nioHTTPCompression, nioSSL] + nio),
        // What every service outside has in common.
        room("RemoteServices", ["JSON", "Sales", "CXML"]),
        room("Slime", ["HTTPCalls", "JSON", "RemoteServices", "Sales", crypto, nioHTTP1]),
        room("Billgate", ["HTTPCalls", "JSON", "RemoteServices", "Sales", nioHTTP1]),
        room("ScanlyIQ", ["HTTPCalls", "JSON", "RemoteServices", "Sales", nioHTTP1]),
        // Where documents lie while a service outside fetches them.
        room("ObjectStore", ["HTTPCalls", crypto, nioHTTP1]),
        room("OCRInvoice", ["HTTPCalls", "JSON", "RemoteServices", "Sales", nioHTTP1]),
        room("Outbox", ["FaultPoints", "JSON", "Sales", "Journey", grdb, sqlite]),
        // What can be read of a damaged database.
        room("OutboxRecovery", ["JSON", "Sales", "Journey", "Outbox", grdb]),
        room("Raster", ["CPangoCairo", "CZlib"]),
        room("Receipts", ["Sales", "Raster", "CPangoCairo", "CQREncode"]),
        room("Printing", ["FaultPoints", "Raster", "Runtime", "CCUPS"] + nio),
        room("Host", ["Runtime", "CLinux", "CSystemd"] + nio),

        // What people hand in as payment slips: what such a picture is, without what it says beside its pixels, and where it lies.
        room("Slips", ["Host", "Sales", crypto]),

        // What becomes of a supplier's invoice: what such a file is, where it lies, how it is published, and how it is read.
        room(
            "SupplierInvoices",
            ["FaultPoints", "Host", "JSON", "ObjectStore", "OCRInvoice", "RemoteServices", "Sales", crypto]),

        // Metrics, as Prometheus reads them. Knows nothing of sales.
        room("Gauges", [metrics]),

        // The loops, which never import each other: they meet in the outbox.
        room(
            "Jobs",
            ["FaultPoints", "Sales", "Journey", "RemoteServices", "Outbox", "Runtime", lifecycle, logging]),
        // The files of documents, in a folder.
        room("Archive", ["Host", "Jobs", "RemoteServices", "Sales", lifecycle]),
        room(
            "PrintQueue",
            [
                "FaultPoints", "Sales", "Journey", "Outbox", "Raster", "Receipts", "Printing", "Runtime", lifecycle,
                logging,
            ]),
        room(
            "Monitoring",
            ["Sales", "Journey", "Outbox", "Gauges", "Runtime", lifecycle, logging, metrics]),

        // The operations for tills and staff, and the one place where the rooms are put together.
        room(
            "Gateway",
            [
                "JSON", "FaultPoints", "Sales", "Journey", "RemoteServices", "Outbox", "Raster", "Receipts", "Printing",
                "Gauges",
                "Runtime", "Jobs", "PrintQueue", "Monitoring", "OCRInvoice", "Slips", "SupplierInvoices", lifecycle,
                logging,
            ]),

        // The API for tills and operators.
        .target(
            name: "GatewayAPI", dependencies: ["JSON", "Sales"], resources: [.embedInCode("OpenAPI/openapi.json")],
            swiftSettings: strict),
        room(
            "Intake",
            [
                "Addresses", "JSON", "FaultPoints", "Sales", "Journey", "RemoteServices", "Outbox", "Raster",
                "Printing",
                "PrintQueue", "Monitoring", "Runtime",
                "Gateway", "GatewayAPI", "Host", "OCRInvoice", "Slips", "SupplierInvoices",
                hummingbird, hummingbirdCore, httpTypes, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, nioExtras, nioSSL,
                crypto, lifecycle, logging,
            ] + nio),
        room("Settings", ["JSON", "Sales", toml]),

        // Somebody else's Slime and somebody else's printer: they share no code with those of ours, so
        // that they can disagree.
        room(
            "Simulators",
            [
                "CZlib", "Raster", "Runtime", asyncHTTPClient, hummingbirdCore, httpTypes, crypto, jwtKit, lifecycle,
                logging,
                nioHTTP1, nioSSL,
            ] + nio),

        .executableTarget(
            name: "kamkap",
            dependencies: [
                "Archive", "Billgate", "Gateway", "GatewayAPI", "Gauges", "Host", "HTTPCalls", "Intake", "Jobs",
                "Journey",
                "JSON", "Monitoring", "ObjectStore", "OCRInvoice", "Outbox", "OutboxRecovery", "Printing", "PrintQueue",
                "Raster", "Receipts", "RemoteServices", "Runtime", "Sales", "ScanlyIQ", "Settings", "Simulators",
                "Slime", "Slips", "SupplierInvoices", arguments,
                asyncHTTPClient,
                lifecycle, logging, nioHTTP1, unixSignals,
            ] + nio,
            swiftSettings: strict),

        // What a customer and a cashier notice, measured on release code by scripts/bench.
        .executableTarget(
            name: "KamkapBench",
            dependencies: [
                "JSON", "Sales", "Outbox", "Raster", "Receipts", "Printing", "Simulators", "kamkap", asyncHTTPClient,
                crypto, grdb, sqlite, hummingbird, logging, nioHTTP1,
            ] + nio,
            path: "Benchmarks/KamkapBench", swiftSettings: strict),

        // Kills, faults and failing system calls around the real program, run by scripts/torture.
        .executableTarget(
            name: "KamkapTorture",
            dependencies: [
                "FaultPoints", "Raster", "Simulators", "kamkap", arguments, asyncHTTPClient, crypto, nioHTTP1, logging,
            ] + nio,
            path: "Torture/KamkapTorture", exclude: ["Faulty/faulty.c"], swiftSettings: strict),

        proof("JSON", ["JSON"]),
        proof("Addresses", ["Addresses"]),
        proof("Sales", ["Sales", "JSON"]),
        proof("Journey", ["Journey", "Sales"]),
        proof("Settings", ["Settings", "JSON", "Sales"]),
        proof("GatewayAPI", ["GatewayAPI", "JSON", "Sales"]),
        // A TLS server, certificates of every kind, and a real proxy.
        .target(
            name: "TestNetwork", dependencies: [nioSSL] + nio, path: "Tests/TestNetwork", swiftSettings: strict),
        proof("HTTPCalls", ["HTTPCalls", "TestNetwork", asyncHTTPClient, nioHTTP1, nioSSL] + nio),
        proof("Slime", ["HTTPCalls", "RemoteServices", "Slime", "JSON", "Sales", "Simulators", crypto, logging]),
        proof(
            "Billgate", ["Billgate", "HTTPCalls", "RemoteServices", "JSON", "Sales", "Simulators", nioHTTP1]),
        proof(
            "ScanlyIQ",
            ["HTTPCalls", "JSON", "RemoteServices", "Sales", "ScanlyIQ", "Simulators", asyncHTTPClient, nioHTTP1]),
        proof("ObjectStore", ["HTTPCalls", "ObjectStore", "Simulators", nioHTTP1]),
        proof(
            "OCRInvoice",
            [
                "OCRInvoice", "HTTPCalls", "RemoteServices", "JSON", "Sales", "Simulators", "TestNetwork", nioHTTP1,
            ]),
        // The two ends of reading a supplier's invoice, which fail as they are told, and a folder of documents.
        .target(
            name: "TestInvoices",
            dependencies: ["HTTPCalls", "ObjectStore", "OCRInvoice", "Sales", "Simulators", "SupplierInvoices"],
            path: "Tests/TestInvoices", swiftSettings: strict),
        proof(
            "SupplierInvoices",
            [
                "Host", "HTTPCalls", "Journey", "ObjectStore", "OCRInvoice", "RemoteServices", "Sales", "Simulators",
                "SupplierInvoices", "TestInvoices", crypto,
            ]),
        // Sales for an outbox of a test, and damage for its database.
        .target(
            name: "TestOutbox", dependencies: ["Outbox", "JSON", "Sales", "Journey", grdb], path: "Tests/TestOutbox",
            swiftSettings: strict),
        proof("Outbox", ["Outbox", "JSON", "Sales", "Journey", "TestOutbox", grdb]),
        proof("OutboxRecovery", ["OutboxRecovery", "Outbox", "JSON", "Sales", "Journey", "TestOutbox", grdb]),
        proof("Raster", ["Raster"]),
        proof("Gauges", ["Gauges", metrics]),
        .testTarget(
            name: "ReceiptsTests", dependencies: ["Receipts", "JSON", "Raster", "Sales"], exclude: ["Golden"],
            swiftSettings: strict),
        // A print server and its drivers for tests: the system's real programs, and readers of their output.
        .target(
            name: "TestPrintServer", dependencies: nio, path: "Tests/TestPrintServer", swiftSettings: strict),
        // Printers for tests, and the cables they hang on: network, USB, serial.
        .target(
            name: "TestPrinters", dependencies: ["Printing", "Simulators"] + nio, path: "Tests/TestPrinters",
            swiftSettings: strict),
        proof(
            "Printing", ["Printing", "Raster", "Simulators", "TestPrinters", "TestPrintServer", logging] + nio),
        // Every cable with every fault, from the till to the paper.
        proof(
            "PrintQueueFault",
            [
                "Gateway", "JSON", "Journey", "Outbox", "PrintQueue", "Printing", "Raster", "Receipts",
                "RemoteServices",
                "Runtime", "Sales", "Simulators", "TestPrinters", "TestPrintServer", "TestServices", logging,
            ]),
        proof("Host", ["Host"] + nio),
        .testTarget(
            name: "SlipsTests", dependencies: ["Host", "Raster", "Sales", "Slips", crypto],
            exclude: ["Pictures"],
            swiftSettings: strict),
        proof("Runtime", ["Runtime"]),
        // A clock that a test turns, and a log that it reads.
        .target(
            name: "TestRuntime", dependencies: ["Runtime", logging], path: "Tests/TestRuntime", swiftSettings: strict),
        // A provider in memory, which fails as it is told.
        .target(
            name: "TestServices", dependencies: ["RemoteServices", "Sales"], path: "Tests/TestServices",
            swiftSettings: strict),
        proof(
            "Jobs",
            [
                "Billgate", "HTTPCalls", "Jobs", "JSON", "Journey", "ObjectStore", "OCRInvoice", "Outbox",
                "RemoteServices", "Runtime", "Sales", "ScanlyIQ", "Simulators", "Slime", "SupplierInvoices",
                "TestInvoices", "TestRuntime", "TestServices", lifecycle, logging,
            ]),
        proof("RemoteServices", ["RemoteServices", "JSON", "Sales"]),
        proof("Archive", ["Archive", "Host", "Jobs", "Sales", lifecycle, logging]),
        proof("PrintQueue", ["PrintQueue"]),
        proof("Monitoring", ["Monitoring", "Runtime", "Sales"]),
        proof(
            "Gateway",
            [
                "Archive", "Billgate", "Gateway", "Gauges", "HTTPCalls", "JSON", "Jobs", "Journey", "Monitoring",
                "OCRInvoice", "Outbox",
                "PrintQueue", "Printing", "Raster", "Receipts", "RemoteServices", "Runtime", "Sales", "Simulators",
                "Slime", "Slips", "SupplierInvoices", "TestNetwork", "TestPrintServer", "TestRuntime", "TestServices",
                logging,
            ]),
        proof(
            "Intake",
            [
                "Gateway", "GatewayAPI", "Gauges", "Host", "HTTPCalls", "Intake", "JSON", "Journey", "Monitoring",
                "OCRInvoice",
                "Outbox", "PrintQueue", "RemoteServices", "Runtime", "Sales", "Slips", "SupplierInvoices",
                "TestServices",
                logging,
            ] + nio),
        proof(
            "Simulators",
            [
                "Simulators", "Raster", "TestNetwork", "TestPrintServer", jwtKit, asyncHTTPClient, nioHTTP1, lifecycle,
                logging,
            ] + nio),
        // The program as users run it: these tests start the built binary.
        .testTarget(
            name: "kamkapTests",
            dependencies: [
                "kamkap", "JSON", "Sales", "GatewayAPI", "Simulators", "Raster", "TestNetwork", asyncHTTPClient, crypto,
                grdb,
                nioHTTP1, nioSSL,
            ] + nio,
            exclude: ["Fixtures"],
            swiftSettings: strict),
    ] + (Context.environment["KAMKAP_FUZZ"] == nil ? [] : fuzzers),
    swiftLanguageModes: [.v6]
)
