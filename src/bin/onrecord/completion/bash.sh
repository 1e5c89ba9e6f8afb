# Tab completion of onrecord in bash, from version 3.1 on.
_onrecord() {
    local found
    COMPREPLY=()
    while IFS= read -r found; do
        COMPREPLY+=("$found")
    done < <(VARIABLE=bash ONRECORD_COMPLETE_INDEX="$COMP_CWORD" COMPLETER -- "${COMP_WORDS[@]}" 2>/dev/null)
    # What ends so goes on.
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/:] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o nosort -F _onrecord onrecord 2>/dev/null || complete -F _onrecord onrecord
