//! `sasshi completions`: a script for each shell.

use super::harness::Sandbox;

#[test]
fn every_shell_gets_every_command() {
    let sandbox = Sandbox::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = sandbox.sasshi(&format!("completions {shell}")).exit(0).silent();
        for word in ["build", "check", "new", "layouts", "fonts", "completions", "only"] {
            assert!(run.stdout.contains(word), "the completions of {shell} do not know {word}");
        }
    }
}

#[test]
fn an_unknown_shell_is_refused() {
    Sandbox::empty().sasshi("completions tcsh").exit(2).says("tcsh");
}
