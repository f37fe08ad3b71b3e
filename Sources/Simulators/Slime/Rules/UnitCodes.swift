/// Codes of UN/CEFACT Recommendation No. 20 (Codes for Units of Measure Used in International Trade) that shops use.
/// The Recommendation has some 2,000; this is what the simulator knows unless its configuration says otherwise.
enum UnitCodes {
    static let common: Set<String> = [
        // Counted.
        "C62", "EA", "H87", "NMP", "PR", "SET", "DZN", "DZP", "GRO", "CEN", "MIL", "T3", "P1", "NAR", "NPR", "KT",
        "LS", "ST", "ZZ", "E48", "E49", "IE", "ACT", "HEA", "NF", "NIU", "RM",
        // Packages: the codes of Recommendation No. 21 behind an X.
        "XBX", "XPK", "XBG", "XBO", "XCA", "XCS", "XCT", "XPP", "XSA", "XTU",
        // Mass.
        "KGM", "GRM", "MGM", "TNE", "HGM", "LBR", "ONZ", "CGM", "DTN", "CTM",
        // Volume.
        "LTR", "MLT", "CLT", "DLT", "HLT", "MTQ", "CMQ", "DMQ", "GLL", "GLI", "FTQ", "OZA", "PTL", "QTL",
        // Length and area.
        "MTR", "CMT", "MMT", "KMT", "DMT", "INH", "FOT", "YRD", "MTK", "CMK", "KMK", "FTK", "INK", "HAR", "ARE",
        // Time.
        "SEC", "MIN", "HUR", "DAY", "WEE", "MON", "ANN", "QAN", "SAN", "LH",
        // Energy, power and data.
        "KWH", "WHR", "MWH", "KWT", "WTT", "JOU", "KJO", "VLT", "AMP", "AD", "2P", "4L", "E34", "E35",
    ]
}
