//! Names of months, in the languages that fact-checkers and newspapers write.

use crate::model::fold_loosely;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The names of each month, from January on, separated by `|`: in full, in the form that follows a day, and
/// as abbreviations in use. A name that means different months in two languages is left out, as "listopada"
/// (October in Croatian, November in Polish).
const NAMES: [&str; 12] = [
    "january|jan|janvier|janv|enero|ene|janeiro|januar|jänner|gennaio|gen|januari|stycznia|styczeń|ledna|leden\
     |január|ianuarie|januara|januarja|siječnja|siječanj|ocak|janeiro|января|январь|січня|січень|ιανουαρίου\
     |ιανουάριος|يناير|जनवरी|tammikuuta|tammikuu",
    "february|feb|février|févr|fév|febrero|fevereiro|fev|februar|feber|febbraio|februari|lutego|luty|února|únor\
     |február|februarie|februara|februarja|veljače|veljača|şubat|февраля|февраль|лютого|лютий|φεβρουαρίου\
     |φεβρουάριος|فبراير|फरवरी|फ़रवरी|helmikuuta|helmikuu",
    "march|mar|mars|marzo|março|märz|maart|marca|marzec|března|březen|március|martie|mart|marta|ožujka|ožujak|maret\
     |марта|март|березня|березень|μαρτίου|μάρτιος|مارس|मार्च|maaliskuuta|maaliskuu",
    "april|apr|avril|avr|abril|abr|aprile|kwietnia|kwiecień|dubna|duben|április|aprilie|aprila|travnja|travanj|nisan\
     |апреля|апрель|квітня|квітень|απριλίου|απρίλιος|أبريل|ابريل|अप्रैल|huhtikuuta|huhtikuu",
    "may|mai|mayo|maio|maggio|mag|mei|maja|maj|května|květen|május|svibnja|svibanj|mayıs|мая|май|травня|травень\
     |μαΐου|μάιος|مايو|मई|toukokuuta|toukokuu",
    "june|jun|juin|junio|junho|juni|giugno|giu|czerwca|czerwiec|června|červen|június|iunie|juna|junija|lipnja|lipanj\
     |haziran|июня|июнь|червня|червень|ιουνίου|ιούνιος|يونيو|जून|kesäkuuta|kesäkuu",
    "july|jul|juillet|juil|julio|julho|juli|luglio|lug|lipca|lipiec|července|červenec|július|iulie|jula|julija|srpnja\
     |srpanj|temmuz|июля|июль|липня|липень|ιουλίου|ιούλιος|يوليو|जुलाई|heinäkuuta|heinäkuu",
    "august|aug|août|agosto|ago|augustus|sierpnia|sierpień|srpna|srpen|augusztus|avgust|avgusta|augusta|kolovoza\
     |kolovoz|augusti|ağustos|agustus|августа|август|серпня|серпень|αυγούστου|αύγουστος|أغسطس|अगस्त|elokuuta|elokuu",
    "september|sep|sept|septembre|septiembre|setiembre|setembro|settembre|września|wrzesień|září|szeptember|septembrie\
     |septembra|septembar|rujna|rujan|eylül|сентября|сентябрь|вересня|вересень|σεπτεμβρίου|σεπτέμβριος|سبتمبر\
     |सितंबर|सितम्बर|syyskuuta|syyskuu",
    "october|oct|octobre|octubre|outubro|out|oktober|okt|ottobre|ott|października|październik|října|říjen|október\
     |octombrie|oktobra|oktobar|ekim|октября|октябрь|жовтня|жовтень|οκτωβρίου|οκτώβριος|أكتوبر|अक्टूबर|अक्तूबर\
     |lokakuuta|lokakuu",
    "november|nov|novembre|noviembre|novembro|noiembrie|novembra|novembar|studenoga|studeni|kasım|ноября|ноябрь\
     |νοεμβρίου|νοέμβριος|نوفمبر|नवंबर|नवम्बर|marraskuuta|marraskuu",
    "december|dec|décembre|déc|diciembre|dic|dezembro|dez|dezember|dicembre|grudnia|grudzień|prosince|prosinec\
     |decembrie|decembra|decembar|prosinca|prosinac|desember|des|aralık|декабря|декабрь|грудня|грудень|δεκεμβρίου\
     |δεκέμβριος|ديسمبر|दिसंबर|दिसम्बर|joulukuuta|joulukuu",
];

static MONTH_BY_NAME: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let names = NAMES.iter().zip(1..).flat_map(|(names, month)| {
        names.split('|').map(move |name| (fold_loosely(name.trim()), month))
    });
    names.collect()
});

/// The number of the month with this name, from 1 on, in any case and with or without its accents and the
/// full stop of an abbreviation.
pub(in crate::intake) fn month_of(name: &str) -> Option<u8> {
    MONTH_BY_NAME.get(&fold_loosely(name.trim_end_matches('.'))).copied()
}

#[cfg(test)]
mod tests {
    use super::{NAMES, month_of};

    #[test]
    fn a_name_is_of_one_month() {
        for (names, month) in NAMES.iter().zip(1..) {
            for name in names.split('|') {
                assert_eq!(month_of(name.trim()), Some(month), "{name}");
            }
        }
        assert_eq!(month_of("listopada"), None);
        assert_eq!(
            ["Sept.", "AOUT", "Šubat", "marec"].map(month_of),
            [Some(9), Some(8), Some(2), None]
        );
    }
}
