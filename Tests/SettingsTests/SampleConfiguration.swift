import Foundation
import Testing

@testable import Settings

/// Configuration texts and what is wrong with them.
enum SampleConfiguration {
    /// Every key there is; the values are the defaults where there are any.
    static let full = """
        [store]                                   # printed on every receipt
        name = "ร้านตัวอย่าง"
        tax_id = "0105561000003"
        branch_id = "00000"
        address = ["99 ถนนสุขุมวิท", "กรุงเทพมหานคร 10110"]
        phone = "02-000-0000"
        logo = "logo.png"

        [[terminals]]
        id = "POS-01"
        register_id = "E012300001234"

        [sales]
        vat_included = true
        vat_rate = "0.07"
        rounding = "line"

        [provider]
        use = "slime"

        [slime]
        endpoint = "https://app.thai-document.slime.systems/projects/123456/api"
        key_id = "k1234"
        secret_file = "slime-secret"
        theme = { id = "retail-hatsu", color = "#cd0c2b" }
        timeout = "5s"
        concurrency = 8
        ca_file = "extra-ca.pem"
        proxy = "http://proxy.lan:3128"
        proxy_login_file = "proxy-login"

        [billgate]
        endpoint = "https://api.billme.co.th"
        key_file = "billgate-key"
        number_prefix = ""
        timeout = "5s"
        concurrency = 4
        look_up_pages = 50
        ca_file = "extra-ca.pem"
        proxy = "http://proxy.lan:3128"
        proxy_login_file = "proxy-login"
        [billgate.walk_in]
        name = "ลูกค้าทั่วไป"
        tax_number = "0000000000000"
        phone_number = "-"
        house_number = "99"
        sub_district = "คลองเตย"
        district = "คลองเตย"
        province = "กรุงเทพมหานคร"
        post_code = "10110"

        [intake]
        socket = "/run/kamkap/pos.sock"
        socket_mode = "0660"
        socket_group = "kamkap"
        spool = "/var/spool/kamkap"
        spool_mode = "0770"
        spool_keep = "30d"
        max_body = "4MiB"
        listen = "0.0.0.0:9180"
        token_file = "pos-token"
        staff_token_file = "staff-token"
        allowed_origins = []
        tls_certificate = "cert.pem"
        tls_key = "key.pem"

        [outbox]
        database = "/var/lib/kamkap/outbox.sqlite"
        min_free_space = "64MiB"
        retention = "5y"
        on_corruption = "stop"

        [receipt]
        qr_deadline = "3s"
        late_qr = "slip"
        late_qr_max_age = "2m"
        print_max_age = "30m"
        fallback_after = "15s"
        language = "th"
        era = "buddhist"
        font = "Loma"
        header = []
        fallback_fonts = []
        footer = ["ขอบคุณที่ใช้บริการ"]

        [documents]
        follow = true
        poll = "1m"
        archive = "/var/lib/kamkap/documents"
        printer = "office"

        [slips]
        key_file = "scanlyiq-key"
        endpoint = "https://www.scanlyiq.com"
        model = "Gemini 2.5 Flash"
        project = "project_id"
        methods = ["transfer", "promptpay", "qr"]
        accounts = ["1234567890"]
        date_tolerance = "1d"
        keep = "7d"
        max_image = "8MiB"
        give_up_after = "10m"
        ca_file = "extra-ca.pem"
        proxy = "http://proxy.lan:3128"
        proxy_login_file = "proxy-login"

        [supplier_invoices]
        endpoint = "https://sv.api.repzo.me"
        key_file = "ocr-key"
        template = "60f7b1b3e4b0e8b3f8b3f8b4"
        key_header = "api-key"
        resource = "/ocr-invoice-job"
        process_path = "process"
        results_path = "results"
        folder = "/var/spool/kamkap/invoices"
        priority = "medium"
        group = "back-office"
        max_size = "32MiB"
        delete_remote = true
        give_up_after = "24h"
        publish = "object-store"
        ca_file = "extra-ca.pem"
        proxy = "http://proxy.lan:3128"
        proxy_login_file = "proxy-login"
        [supplier_invoices.object_store]
        endpoint = "https://s3.ap-southeast-1.amazonaws.com"
        region = "ap-southeast-1"
        bucket = "papers"
        key_id = "AKIDEXAMPLE"
        secret_file = "object-store-secret"
        addressing = "path"
        link_life = "24h"
        ca_file = "extra-ca.pem"
        proxy = "http://proxy.lan:3128"
        proxy_login_file = "proxy-login"
        [supplier_invoices.door]
        listen = "0.0.0.0:9443"
        public_base = "https://invoices.example.com"
        tls_certificate = "cert.pem"
        tls_key = "key.pem"
        link_life = "24h"

        [[printers]]
        name = "front"
        device = "tcp://192.168.1.50:9100"
        paper = "80mm"
        terminals = ["POS-01"]
        fallback = "back"
        profile = "generic"
        confirm = "auto"
        cut = "partial"
        drawer = false

        [[printers]]
        name = "back"
        device = "file:///tmp/back"
        dots = 512

        [[printers]]
        name = "office"
        device = "cups://office"
        """

    /// The required keys and nothing else.
    static let minimal = """
        [store]
        name = "ร้าน"
        tax_id = "0105561000003"
        branch_id = "00001"
        [slime]
        endpoint = "https://example.com/api"
        key_id = "k"
        secret_file = "secret"
        [[printers]]
        name = "front"
        device = "tcp://printer"
        """

    /// The same for Billgate.
    static let billgate = """
        [store]
        name = "ร้าน"
        tax_id = "0105561000003"
        branch_id = "00001"
        [provider]
        use = "billgate"
        [billgate]
        key_file = "key"
        [billgate.walk_in]
        house_number = "99"
        sub_district = "คลองเตย"
        district = "คลองเตย"
        province = "กรุงเทพมหานคร"
        post_code = "10110"
        [[printers]]
        name = "front"
        device = "tcp://printer"
        """

    static func parse(_ text: String, credentials: String? = nil) throws -> Settings {
        try Settings.parse(text, file: "/etc/kamkap/kamkap.toml", credentials: credentials)
    }

    /// Every fault of a text; none where it is in order.
    static func faults(of text: String) -> [SettingsFault] {
        do {
            _ = try Settings.parse(text, file: "/etc/kamkap/kamkap.toml")
            return []
        } catch {
            return error.faults
        }
    }

    /// The full text with the line that begins with `line` replaced, and the number of that line.
    static func full(replacing line: String, with other: String) throws -> (text: String, line: Int) {
        var lines = full.components(separatedBy: "\n")
        let index = try #require(lines.firstIndex { $0.hasPrefix(line) })
        lines[index] = other
        return (lines.joined(separator: "\n"), index + 1)
    }
}
