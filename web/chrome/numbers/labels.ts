// Words that say of the digits behind them that they are something else: accounts, orders, taxes, dates.
// People write them in the language of their country, so all are looked for everywhere.

const LATIN = [
  // Trade
  "order",
  "invoice",
  "case",
  "ticket",
  "tracking",
  "ref(?:erence)?",
  "sku",
  "part",
  "serial",
  "model",
  "version",
  "build",
  "policy",
  "contract",
  "quote",
  "p\\.?o\\.?",
  "bestellung",
  "auftrag",
  "rechnung",
  "angebot",
  "vertrag",
  "kunden-?",
  "artikel-?",
  "art\\.-?",
  "commande",
  "facture",
  "devis",
  "dossier",
  "ordine",
  "fattura",
  "pedido",
  "factura",
  "nota fiscal",
  "bestelling",
  "factuur",
  // Money
  "acc(?:oun)?t",
  "a/c",
  "iban",
  "bic",
  "blz",
  "bsb",
  "sort code",
  "routing",
  "card",
  "konto",
  "karte",
  "compte",
  "conto",
  "conta",
  "rekening",
  // The state
  "vat",
  "ust-?id(?:-?nr)?",
  "steuer-?",
  "tva",
  "siren",
  "siret",
  "p(?:artita)?\\.? ?iva",
  "c(?:odice)?\\.? ?f(?:iscale)?",
  "cnpj",
  "cpf",
  "gstin",
  "pan",
  "aadhaar",
  "pincode",
  "ssn",
  "ein",
  "tax",
  "passport",
  "btw",
  "kvk",
  "abn",
  "acn",
  "tfn",
  "utr",
  "hrb",
  "company",
  // Things that count up
  "ean",
  "gtin",
  "isbn",
  "issn",
  "upc",
  "imei",
  "id",
  "uid",
  "ip",
  "qq",
];
const CYRILLIC = [
  "инн",
  "огрн(?:ип)?",
  "кпп",
  "бик",
  "снилс",
  "сч[её]т",
  "заказ",
  "договор",
  "паспорт",
  "накладная",
  "р/с",
  "к/с",
];
/** Between the word and the digits: "number", in whatever way. */
const NUMBER =
  "(?:\\s?(?:id|numbers?|num|nummer|num[ée]ro|numero|nr|no|n°|№|#|code))?\\.?\\s?[:：#]?\\s?";
const WORDS = new RegExp(`(?<![\\p{L}])(?:${[...LATIN, ...CYRILLIC].join("|")})${NUMBER}$`, "iu");

/** Chinese and Japanese have no spaces: the word ends right there, or with a colon. */
const HAN =
  /(?:订单|訂單|合同|发票|發票|快递|快遞|物流|运单|单|編|编|账|賬|帐|卡|税|稅|证件|身份证|學|学|工|序列|批|版本|受注|注文|請求書|伝票|口座|会員|番)(?:号|號|番号|编号|編號|号码|號碼|号|証)\s?[::]?\s?$|(?:身份证|信用代码|QQ|QQ群|坐标|金额)\s?[::]?\s?$/u;

/** Whether `before`, what stands right before some digits, calls them something else than a number. */
export function namesSomethingElse(before: string): boolean {
  return WORDS.test(before) || HAN.test(before);
}
