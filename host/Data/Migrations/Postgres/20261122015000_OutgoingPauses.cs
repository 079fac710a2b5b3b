using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProcessManager.Host.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OutgoingPauses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "outgoing_pauses",
                columns: table => new
                {
                    since = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outgoing_pauses", x => x.since);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outgoing_pauses");
        }
    }
}
