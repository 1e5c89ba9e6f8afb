# Runs statements through Tcl. usage: driver.tcl ARCHIVE STATEMENTS
package require sqlite3
lassign $argv archive statements
fconfigure stdout -encoding utf-8
sqlite3 db $archive
puts "V[db version]"
set lines [open $statements]
fconfigure $lines -encoding utf-8
while {[gets $lines sql] >= 0} {
    if {[catch {db eval $sql row {puts "=$row([lindex $row(*) 0])"}} error]} {
        puts "![string map {\n { }} $error]"
    } else {
        puts .
    }
}
db close
