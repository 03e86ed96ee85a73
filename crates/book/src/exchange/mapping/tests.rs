//! Which columns are known, and what a row becomes.

use super::*;

fn words(line: &str) -> Vec<String> {
    line.split(',').map(str::to_owned).collect()
}

fn guessed(line: &str) -> String {
    let columns = guess(&words(line));
    let word = |field: &Option<Field>| field.map_or("-", Field::word);
    columns.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn outlooks_columns_are_known_in_three_languages() {
    let all = "first_name middle_name last_name company business_fax business business2 home_fax \
               home home2 mobile other email remark";
    for line in [
        "First Name,Middle Name,Last Name,Company,Business Fax,Business Phone,Business Phone 2,\
         Home Fax,Home Phone,Home Phone 2,Mobile Phone,Other Phone,E-mail Address,Notes",
        "Vorname,Weitere Vornamen,Nachname,Firma,Fax geschäftlich,Telefon geschäftlich,\
         Telefon geschäftlich 2,Fax privat,Telefon (privat),Telefon (privat 2),Mobiltelefon,\
         Weiteres Telefon,E-Mail-Adresse,Notizen",
        "名,中间名,姓,单位,商务传真,商务电话,商务电话 2,住宅传真,住宅电话,住宅电话 2,移动电话,其他电话,\
         电子邮件地址,附注",
    ] {
        assert_eq!(guessed(line), all, "{line}");
    }
}

#[test]
fn the_columns_of_phone_systems_and_of_google_are_known() {
    // Yeastar P-Series.
    assert_eq!(
        guessed(
            "First Name,Last Name,Company Name,Email,Business Number,Business Number 2,Business Fax,\
             Mobile Number,Mobile Number 2,Home Number,Home Number 2,Home Fax,Other,ZIP Code,Remark"
        ),
        "first_name last_name company email business business2 business_fax mobile mobile2 home \
         home2 home_fax other - remark"
    );
    // 3CX.
    assert_eq!(
        guessed(
            "FirstName,LastName,Company,Mobile,Mobile2,Home,Home2,Business,Business2,Email,Other,\
             BusinessFax,HomeFax,Pager"
        ),
        "first_name last_name company mobile mobile2 home home2 business business2 email other \
         business_fax home_fax -"
    );
    // Google.
    assert_eq!(
        guessed(
            "First Name,Middle Name,Last Name,Organization Name,Notes,E-mail 1 - Label,\
             E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value"
        ),
        "first_name middle_name last_name company remark - email - labelled_number - labelled_number"
    );
}

#[test]
fn what_is_written_here_is_known_again() {
    let line = super::super::csv::HEADER.join(",");
    assert_eq!(guessed(&line).split(' ').filter(|it| *it == "-").count(), 0);
}

#[test]
fn a_first_line_with_a_number_names_no_columns() {
    assert!(names_columns(&words("Name,Phone")));
    assert!(names_columns(&words("姓名,手机2")));
    assert!(!names_columns(&words("Ada Adams,030 1234567")));
    assert!(!names_columns(&words("Name,030 1234567")));
    assert!(!names_columns(&words("x,y")));
}

fn drafted(header: &str, row: &str) -> Result<Draft, RowFault> {
    draft(&guess(&words(header)), &words(row))
}

#[test]
fn a_row_becomes_a_contact() {
    let header = "First Name,Last Name,Company,E-mail,Phone,Mobile,Notes";
    let read = drafted(
        header,
        "Ada,Adams,Acme,ada@example.com,'+49 30 1,0171 2,'=cmd|x",
    )
    .unwrap();
    assert_eq!(
        read,
        Draft {
            name: "Ada Adams".to_owned(),
            company: Some("Acme".to_owned()),
            email: Some("ada@example.com".to_owned()),
            remark: Some("=cmd|x".to_owned()),
            numbers: vec![
                (Slot::Business, "+49 30 1".to_owned()),
                (Slot::Mobile, "0171 2".to_owned())
            ],
        }
    );
    let chinese = drafted("名,姓,手机", "雷,李,13812345678").unwrap();
    assert_eq!(chinese.name, "李雷");
    let company = drafted("Name,Company,Phone", ",Acme,030 12").unwrap();
    assert_eq!(company.name, "Acme");
}

#[test]
fn googles_labels_say_what_a_number_is_for() {
    let header = "Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value";
    let read = drafted(header, "Ada,Work Fax,030 11 ::: 030 12,手机,0171 13").unwrap();
    assert_eq!(
        read.numbers,
        [
            (Slot::BusinessFax, "030 11".to_owned()),
            (Slot::Mobile, "0171 13".to_owned()),
            (Slot::Other, "030 12".to_owned())
        ]
    );
}

#[test]
fn a_row_that_is_no_contact_says_why_and_where() {
    let header = "Name,Company,Phone,E-mail";
    let long = "x".repeat(201);
    for (row, code, column) in [
        (",,030 12,".to_owned(), "no_name", None),
        ("Ada,,,".to_owned(), "no_number", None),
        ("Ada,,n/a,".to_owned(), "not_a_number", Some(3)),
        ("Ada,,030 12,nobody".to_owned(), "not_an_email", Some(4)),
        (format!("{long},,030 12,"), "too_long", Some(1)),
        ("two\nlines,,030 12,".to_owned(), "line_break", Some(1)),
    ] {
        let fault = drafted(header, &row).unwrap_err();
        assert_eq!((fault.fault.code(), fault.column), (code, column), "{row}");
    }
}
