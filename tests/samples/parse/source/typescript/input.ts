import x = require("y");
import type { Options } from "./options";
import { exec as run } from "node:child_process";
enum Level { Low = "low", High = 2 }
interface Shape { name: string; kind: "a" | "b" }
namespace Inner { export const port: number = 8080; }
@Injectable()
class Service<T extends Shape> {
  private path: string = "/srv";
  constructor(private readonly http: Client, public limit = 3) {}
  @Get("/run") async handle<U>(name?: string): Promise<void> {
    if ((name as any)!.startsWith("x") && this.limit! > 3) { run(name!); }
    const level = <number>other ?? Level.Low;
    return this.http.post<U>(`https://host.example/${name}`, { level });
  }
}
export const handler = async (event: Options): Promise<boolean> => event?.token === "t";
export default run("id");
abstract class Base { abstract close(): void; open?() { return x.y(); } }
