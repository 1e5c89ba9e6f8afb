// Runs statements through JDBC. usage: java -cp DRIVER.jar Driver.java ARCHIVE STATEMENTS
import java.io.PrintStream;
import java.nio.file.*;
import java.sql.*;

class Driver {
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + args[0])) {
            out.println("V" + db.getMetaData().getDatabaseProductVersion());
            for (String sql : Files.readAllLines(Path.of(args[1]))) {
                try (Statement statement = db.createStatement()) {
                    if (statement.execute(sql)) {
                        ResultSet rows = statement.getResultSet();
                        while (rows.next()) out.println("=" + rows.getString(1));
                    }
                    out.println(".");
                } catch (SQLException error) {
                    out.println("!" + error.getMessage().replace("\n", " "));
                }
            }
        }
    }
}
