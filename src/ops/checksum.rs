//! SHA-256 checksums as text.

use sha2::{Digest, Sha256};
use std::io::{self, Read};

/// Returns the SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes))
}

/// Returns the SHA-256 of everything that `reader` yields, read in blocks.
///
/// # Errors
/// Fails if reading fails.
pub(super) fn sha256_of_reader(mut reader: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match reader.read(&mut block)? {
            0 => return Ok(to_hex(&hasher.finalize())),
            length => hasher.update(&block[..length]),
        }
    }
}

/// Formats bytes as lower-case hexadecimal digits.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
