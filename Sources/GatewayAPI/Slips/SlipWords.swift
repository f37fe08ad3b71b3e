/// What a cashier is told of a slip. None of it says that money arrived: only the bank knows that.
public enum SlipWords {
    /// The slip agrees with the amount; this does not confirm that money arrived.
    public static let matched = "สลิปตรงกับยอด – ยังไม่ใช่การยืนยันว่าเงินเข้า"

    /// Empty for a state of a newer gateway.
    public static func text(of state: String) -> String {
        switch state {
        // The slip waits to be read.
        case "waiting": "สลิปรออ่าน"
        // The slip is being read.
        case "reading": "กำลังอ่านสลิป"
        case "matched": matched
        // The slip does not agree: look at it.
        case "differs": "สลิปไม่ตรง – โปรดตรวจดูสลิป"
        // The slip cannot be read: look at it.
        case "unreadable": "อ่านสลิปไม่ออก – โปรดตรวจดูสลิป"
        // The slip could not be checked: look at it.
        case "failed": "ตรวจสลิปไม่สำเร็จ – โปรดตรวจดูสลิป"
        // The slip is not read yet: the reading service refuses the shop's account.
        case "held": "ยังอ่านสลิปไม่ได้ – บริการอ่านสลิปไม่รับบัญชีของร้าน"
        default: ""
        }
    }
}
