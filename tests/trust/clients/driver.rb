# Runs statements through Ruby. usage: driver.rb ARCHIVE STATEMENTS
require "sqlite3"
archive, statements = ARGV
db = SQLite3::Database.new(archive)
puts "V#{SQLite3::SQLITE_VERSION}"
File.read(statements, encoding: "utf-8").split("\n").each do |sql|
  begin
    db.execute(sql).each { |row| puts "=#{row[0]}" }
    puts "."
  rescue SQLite3::Exception => error
    puts "!" + error.message.gsub("\n", " ")
  end
end
