import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

/**
 * Validates documents. Each line of the standard input is "schema", a tab and a path, or "file", a tab and a path of a
 * document to validate by that schema. It prints a line for each document: its path, a tab, and what is wrong.
 */
public class Judge {
	public static void main(String[] args) throws Exception {
		var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
		Schema[] schema = new Schema[1];
		String broken = "";
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String path = line.substring(line.indexOf('\t') + 1);
			if (line.startsWith("schema")) {
				String problem = bounded(() -> schema[0] = compile(path));
				broken = problem.isEmpty() ? "" : "schema: " + problem;
				continue;
			}
			Schema now = schema[0];
			String verdict = broken.isEmpty() ? bounded(() -> {
				now.newValidator().validate(new StreamSource(new File(path)));
				return null;
			}) : broken;
			out.println(path + "\t" + verdict);
		}
		out.flush();
		System.exit(0);
	}

	/** Runs a task in bounded time, and returns what went wrong. */
	private static String bounded(Callable<?> task) throws InterruptedException {
		var future = new FutureTask<>(task);
		var thread = new Thread(future);
		thread.setDaemon(true);
		thread.start();
		try {
			future.get(60, TimeUnit.SECONDS);
			return "";
		} catch (TimeoutException e) {
			thread.interrupt();
			return "it takes more than a minute";
		} catch (ExecutionException e) {
			return clean(e.getCause());
		}
	}

	/**
	 * Many a schema that services publish has a wildcard right behind optional elements, which XML Schema forbids as not
	 * deterministic, and which everybody reads alike: the element is meant. So that one constraint is not checked.
	 */
	private static Schema compile(String path) throws Exception {
		SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
		factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, false);
		factory.setFeature("http://apache.org/xml/features/validation/schema-full-checking", false);
		factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
		return factory.newSchema(new File(path));
	}

	private static String clean(Throwable e) {
		String text = e.getMessage() == null ? e.toString() : e.getMessage();
		return text.replaceAll("\\s+", " ");
	}
}
