// Makes the replica set of one and a user per service; run again it changes nothing.
const { readFileSync } = require("fs");
const secrets = process.env.HOITHI_SECRETS || "/run/hoithi";
const host = process.env.HOITHI_MONGO_HOST || "mongo:27017";
const read = (name) => readFileSync(`${secrets}/${name}`, "utf8").trim();

const connection = new Mongo(`mongodb://admin:${read("mongo-admin")}@${host}/admin?directConnection=true`);
const admin = connection.getDB("admin");

try {
  admin.runCommand({ replSetInitiate: { _id: "hoithi", members: [{ _id: 0, host: host }] } });
} catch (failure) {
  if (failure.codeName !== "AlreadyInitialized") throw failure;
}
while (!admin.hello().isWritablePrimary) sleep(200);

for (const [service, password] of Object.entries(JSON.parse(read("users.json")))) {
  const database = connection.getDB(service);
  if (database.getUser(service) === null) {
    const roles = ["readWrite", "dbAdmin"].map((role) => ({ role: role, db: service }));
    database.createUser({ user: service, pwd: password, roles: roles });
  }
}
print("replica set and users are ready");
