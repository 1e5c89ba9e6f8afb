//! Cargo does not see a new migration on its own.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
