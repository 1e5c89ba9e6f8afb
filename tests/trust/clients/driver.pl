# Runs statements through Perl's DBI. usage: driver.pl ARCHIVE STATEMENTS
use strict;
use DBI;
my ($archive, $statements) = @ARGV;
my $db = DBI->connect("dbi:SQLite:dbname=$archive", "", "", {RaiseError => 1, PrintError => 0, AutoCommit => 1});
print "V$db->{sqlite_version}\n";
open my $lines, "<", $statements or die;
while (my $sql = <$lines>) {
    chomp $sql;
    my @cells = eval {
        my $run = $db->prepare($sql);
        $run->execute;
        $run->{NUM_OF_FIELDS} ? map { $_->[0] } @{$run->fetchall_arrayref} : ();
    };
    if (my $error = $@) {
        $error =~ s/\n/ /g;
        print "!$error\n";
    } else {
        print "=$_\n" for @cells;
        print ".\n";
    }
}
