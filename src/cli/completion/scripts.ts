import type { Shell } from "../../core/setup/completion-report.ts";

/**
 * The scripts only ask the program what may stand at the cursor, so that they need not be made anew for another version.
 * Errors go nowhere: the user is in the middle of a line.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  // Without words, Bash offers names of files (-o default) and quotes them. Works with Bash 3.2, as macOS has it.
  bash: `# Completion of obc-sync for Bash. In ~/.bashrc: source <(obc-sync completion bash)
_obc_sync() {
    local kind="" line program=obc-sync
    [[ $1 == */* ]] && program=\${1/#\\~/$HOME}
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
    done < <(command "$program" complete bash "\${COMP_LINE:0:$COMP_POINT}" "$2" 2>/dev/null </dev/null)
    case $kind in
        files) ;;
        "words without space") compopt +o default -o nospace 2>/dev/null ;;
        *) compopt +o default 2>/dev/null ;;
    esac
}
complete -o default -F _obc_sync obc-sync`,
  zsh: `#compdef obc-sync
# Completion of obc-sync for Zsh. In ~/.zshrc after compinit: source <(obc-sync completion zsh)
# or save it as _obc-sync in a folder of $fpath.
_obc_sync() {
    local line kind program=obc-sync
    local -a lines values shown
    [[ $words[1] == */* ]] && program=\${~words[1]}
    lines=("\${(@f)$(command $program complete zsh "\${(@)words[2,CURRENT]}" 2>/dev/null </dev/null)}")
    kind=$lines[1]
    lines[1]=()
    compset -P '--[a-z-]#='
    if [[ $kind == files ]]; then
        _files
        return
    fi
    for line in $lines; do
        values+=("\${line%%$'\\t'*}")
        line=\${line%$'\\t'}
        shown+=("\${line/$'\\t'/  -- }")
    done
    local -a flags=(-M 'm:{[:lower:]}={[:upper:]}' -d shown)
    [[ -n \${(M)lines:#*$'\\t'?*} ]] && flags+=(-l)
    [[ $kind == 'words without space' ]] && flags+=(-S '')
    compadd "\${flags[@]}" -a values
}
if [[ $funcstack[1] == _obc-sync ]]; then _obc_sync "$@"; else compdef _obc_sync obc-sync; fi`,
  fish: `# Completion of obc-sync for fish. Save it as ~/.config/fish/completions/obc-sync.fish
function __obc_sync_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (command obc-sync complete fish $words[2..-1] "$current" 2>/dev/null </dev/null)
    if test "$lines[1]" = files
        set -l start (string match -r -- '^--[a-z-]+=' "$current")
        set -l rest (string replace -r -- '^--[a-z-]+=' '' "$current")
        for file in (__fish_complete_path "$rest")
            printf '%s%s\\n' "$start" "$file"
        end
    else
        printf '%s\\n' $lines[2..-1]
    end
end
complete -c obc-sync -f -a '(__obc_sync_complete)'`,
};
