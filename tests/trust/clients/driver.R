# Runs statements through RSQLite. usage: driver.R ARCHIVE STATEMENTS
args <- commandArgs(trailingOnly = TRUE)
db <- DBI::dbConnect(RSQLite::SQLite(), args[1])
cat("V", DBI::dbGetQuery(db, "SELECT sqlite_version() AS v")$v, "\n", sep = "")
for (sql in readLines(args[2], encoding = "UTF-8")) {
  tryCatch({
    if (grepl("^(SELECT|PRAGMA)", sql)) {
      for (cell in DBI::dbGetQuery(db, sql)[[1]]) cat("=", cell, "\n", sep = "")
    } else {
      DBI::dbExecute(db, sql)
    }
    cat(".\n")
  }, error = function(e) cat("!", gsub("\n", " ", conditionMessage(e)), "\n", sep = ""))
}
DBI::dbDisconnect(db)
