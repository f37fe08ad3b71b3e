import ArgumentParser

/// Where to find the running gateway.
struct GatewayOptions: ParsableArguments {
    @Option(help: "The gateway's socket. Default: $KAMKAP_SOCKET, else /run/kamkap/pos.sock.")
    var socket: String?

    var client: GatewayClient {
        GatewayClient(socket: socket ?? Environment.value("KAMKAP_SOCKET") ?? "/run/kamkap/pos.sock")
    }
}

/// Which configuration file to read.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: "The configuration file. Default: $KAMKAP_CONFIG, else /etc/kamkap/kamkap.toml.")
    var config: String?

    /// The file that was named, or the usual one.
    var path: String {
        config ?? Environment.value("KAMKAP_CONFIG") ?? "/etc/kamkap/kamkap.toml"
    }

    /// Whether somebody named a file.
    var isNamed: Bool { config != nil || Environment.value("KAMKAP_CONFIG") != nil }
}
