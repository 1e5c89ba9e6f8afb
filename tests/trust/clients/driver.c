/* Runs statements through the C library that it is built with. usage: driver ARCHIVE STATEMENTS */
#include "sqlite3.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int print_cell(void *none, int number, char **cells, char **names) {
  (void)none, (void)names;
  if (number) printf("=%s\n", cells[0] ? cells[0] : "");
  return 0;
}

int main(int count, char **args) {
  static char sql[1 << 20];
  sqlite3 *db;
  if (count != 3 || sqlite3_open(args[1], &db)) return 3;
  FILE *lines = fopen(args[2], "r");
  if (!lines) return 3;
  printf("V%s\n", sqlite3_libversion());
  while (fgets(sql, sizeof sql, lines)) {
    char *error = NULL;
    sql[strcspn(sql, "\n")] = 0;
    if (sqlite3_exec(db, sql, print_cell, NULL, &error)) printf("!%s\n", error ? error : "failed");
    else puts(".");
    sqlite3_free(error);
  }
  return sqlite3_close(db);
}
