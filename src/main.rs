//! The command `sasshi`: parse, dispatch, exit.

use std::process::ExitCode;

fn main() -> ExitCode {
    sasshi::command::main()
}
