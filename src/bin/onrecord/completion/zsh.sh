#compdef onrecord
# Tab completion of onrecord in zsh: to be sourced after compinit, or kept as _onrecord in a folder of fpath.
_onrecord() {
    local -a lines found unfinished
    local how line tab=$'\t'
    lines=("${(@f)$(VARIABLE=zsh ONRECORD_COMPLETE_INDEX=$((CURRENT - 1)) COMPLETER -- "${words[@]}" 2>/dev/null)}")
    how=$lines[1]
    shift lines
    for line in $lines; do
        if [[ ${line%%$tab*} == *[=/:] ]]; then
            unfinished+=("${${line//:/\\:}/$tab/:}")
        else
            found+=("${${line//:/\\:}/$tab/:}")
        fi
    done
    if [[ $how == names ]]; then
        # The keys do not begin with what was typed, which is a part of a name: they take its place.
        (( $#lines > 1 )) && compstate[insert]=menu
        [[ -n $found ]] && _describe -V 'onrecord' found -U
        [[ -n $unfinished ]] && _describe -V 'onrecord' unfinished -U -S ''
    else
        [[ -n $found ]] && _describe -V 'onrecord' found
        [[ -n $unfinished ]] && _describe -V 'onrecord' unfinished -S ''
    fi
}
if [[ $funcstack[1] == _onrecord ]]; then
    _onrecord "$@"
else
    compdef _onrecord onrecord
fi
