//! Numbers at a place of a page, none where the page ends before.

/// The number in two bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(pair.try_into().ok()?))
}

/// The number in four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

/// A varint: seven bits a byte, the highest first, the ninth byte whole. Moves `at` behind it.
pub(super) fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0_u64;
    for n in 0..9 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if n == 8 {
            return Some(number << 8 | u64::from(byte));
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::{u16_at, u32_at, varint};

    #[test]
    fn numbers_end_with_the_page() {
        let bytes = [1, 2, 3, 4];
        assert_eq!((u16_at(&bytes, 2), u16_at(&bytes, 3)), (Some(0x0304), None));
        assert_eq!((u32_at(&bytes, 0), u32_at(&bytes, 1)), (Some(0x0102_0304), None));
        assert_eq!(u32_at(&bytes, usize::MAX), None);
    }

    #[test]
    fn varints_have_up_to_nine_bytes() {
        let read = |bytes: &[u8]| {
            let mut at = 0;
            varint(bytes, &mut at).map(|number| (number, at))
        };
        assert_eq!(read(&[0x7f]), Some((127, 1)));
        assert_eq!(read(&[0x81, 0]), Some((128, 2)));
        assert_eq!(read(&[0xff; 9]), Some((u64::MAX, 9)));
        assert_eq!(read(&[0xff; 10]), Some((u64::MAX, 9)));
        assert_eq!(read(&[0x81]), None, "the page ends in it");
        assert_eq!(read(&[]), None);
    }
}
