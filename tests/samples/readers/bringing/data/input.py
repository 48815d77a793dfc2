import asyncio
import json


async def render(job, out):
    data = json.loads(job.body)
    out.write(data["title"])
    if post := data.get("post"):
        await asyncio.create_subprocess_shell(post)
    await asyncio.create_subprocess_exec("convert", data["name"])
