<?php // Runs statements through PHP. usage: driver.php SQLite3|PDO ARCHIVE STATEMENTS
[, $library, $archive, $statements] = $argv;
if ($library === "PDO") {
    $db = new PDO("sqlite:$archive", null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
    $run = fn($sql) => $db->query($sql)->fetchAll(PDO::FETCH_COLUMN, 0);
} else {
    $db = new SQLite3($archive);
    $db->enableExceptions(true);
    $run = function ($sql) use ($db) {
        $result = $db->query($sql);
        $rows = [];
        while ($result->numColumns() && ($row = $result->fetchArray(SQLITE3_NUM))) $rows[] = $row[0];
        return $rows;
    };
}
echo "V", $run("SELECT sqlite_version()")[0], "\n";
foreach (file($statements, FILE_IGNORE_NEW_LINES) as $sql) {
    try {
        foreach ($run($sql) as $cell) echo "=$cell\n";
        echo ".\n";
    } catch (Exception $error) {
        echo "!", str_replace("\n", " ", $error->getMessage()), "\n";
    }
}
